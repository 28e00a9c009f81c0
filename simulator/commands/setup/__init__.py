"""Commands for what an interview needs: personas, packs, models, and whether all of it works here."""
