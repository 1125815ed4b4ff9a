"""One module per step; each page reads answers, offers new ones, and knows neither neighbours nor network."""
