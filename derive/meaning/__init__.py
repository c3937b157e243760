"""What a notation tree stands for: the exact form, and SymPy's expression for it."""
