/** What analysts see of the grid: views that hide where rows lie, and the functions that they are made with. */
@NullMarked
package io.citygrid.grid.sql;

import org.jspecify.annotations.NullMarked;
