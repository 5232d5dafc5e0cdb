/** Stores and the counters that number their receipts. */
@NullMarked
package io.citygrid.model.store;

import org.jspecify.annotations.NullMarked;
