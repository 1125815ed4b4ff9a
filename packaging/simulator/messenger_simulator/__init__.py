"""A stand-in for Facebook Messenger: `simulator` runs it, `messenger_world` is it in a test."""

from messenger_simulator.world import MessengerWorld, WorldError, start

__all__ = ["MessengerWorld", "WorldError", "start"]
