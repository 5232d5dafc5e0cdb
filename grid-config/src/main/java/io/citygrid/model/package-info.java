/** What every stored row has in common: the city fragment, its version and its money. */
@NullMarked
package io.citygrid.model;

import org.jspecify.annotations.NullMarked;
