/** What a store has on hand, and the movements that explain it. */
@NullMarked
package io.citygrid.model.stock;

import org.jspecify.annotations.NullMarked;
