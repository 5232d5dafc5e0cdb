/** Whether what the grid, its copies and its databases hold adds up, looked at while the stores sell. */
@NullMarked
package io.citygrid.grid.check;

import org.jspecify.annotations.NullMarked;
