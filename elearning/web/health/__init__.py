"""Is this process able to serve?"""
