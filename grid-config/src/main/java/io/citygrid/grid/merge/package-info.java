/** Rows of master data brought into the grid: new, changed or the same as before. */
@NullMarked
package io.citygrid.grid.merge;

import org.jspecify.annotations.NullMarked;
