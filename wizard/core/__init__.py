"""What the wizard knows and decides: flow, answers, facts, roles, the test. Standard library only."""
