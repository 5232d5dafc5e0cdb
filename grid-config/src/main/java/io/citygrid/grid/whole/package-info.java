/** Whether the grid is whole, so that the next node may be taken from it. */
@NullMarked
package io.citygrid.grid.whole;

import org.jspecify.annotations.NullMarked;
