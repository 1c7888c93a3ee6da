"""From text to proposed claims: sentences, actors, places, actions, quantities, status, claims. Pure."""
