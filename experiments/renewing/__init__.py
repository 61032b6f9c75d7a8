"""What `renew.py` is made of: numbers from runs, findings that hold them, claims that are held against them."""
