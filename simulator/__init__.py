"""The live session and everything that starts one: floor, endpoint, command line."""
