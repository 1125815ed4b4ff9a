"""The program killed at each system call that writes, and what its next start makes of that."""
