"""What a form is filled with: the register as it was on a day, in rows of people, households, dwellings or places."""
