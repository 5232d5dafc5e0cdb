/** Who may do what, and what was done: below the grid, which uses it and of which it knows nothing. */
@NullMarked
package io.citygrid.security;

import org.jspecify.annotations.NullMarked;
