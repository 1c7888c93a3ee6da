"""When a level changed: segmentation of series, stage or shock, trials on seeded series. Pure."""
