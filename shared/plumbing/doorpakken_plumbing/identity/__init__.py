"""Who asks: staff, holders of links and machines, and how often they may."""
