"""What random input finds: `make fuzz`, and a sample of it in `make test`."""
