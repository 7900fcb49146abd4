"""Setting up Excel for this user, and the check that says what is missing."""
