"""What goes to Bappeda and comes back: share copies, and whether a received one is whole."""
