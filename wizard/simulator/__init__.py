"""The practice world: a small Facebook, its Graph API, a bot platform, a live chat and a Messenger on this machine.

Facts about the Graph API that the modules here repeat were collected in November 2026 from Meta's documentation and
from recorded replies; where Meta's behaviour is not documented, the docstring of the rule says what is assumed.
"""
