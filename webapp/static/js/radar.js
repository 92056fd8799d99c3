// The flight.
