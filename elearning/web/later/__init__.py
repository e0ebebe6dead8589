"""More time, or a message later: nobody asks why."""
