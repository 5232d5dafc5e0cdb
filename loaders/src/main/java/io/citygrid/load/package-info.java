/** What fills and drives the grid. It talks to the grid through {@code GridClient} alone. */
@NullMarked
package io.citygrid.load;

import org.jspecify.annotations.NullMarked;
