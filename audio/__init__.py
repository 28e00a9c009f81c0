"""Sound in and out: devices, voices, recognisers, and where model weights come from."""
