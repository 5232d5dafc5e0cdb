/** Receiving and adjusting stock. */
@NullMarked
package io.citygrid.stock;

import org.jspecify.annotations.NullMarked;
