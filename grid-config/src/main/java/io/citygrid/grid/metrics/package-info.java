/** What a node measures and says of itself: meters of sales and transactions, readings of the grid, health, and the endpoint. */
@NullMarked
package io.citygrid.grid.metrics;

import org.jspecify.annotations.NullMarked;
