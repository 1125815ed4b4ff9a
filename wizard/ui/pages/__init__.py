"""The pages of the window: each reads answers and offers new ones; none knows the network."""
