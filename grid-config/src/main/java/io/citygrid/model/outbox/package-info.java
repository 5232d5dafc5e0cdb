/** Rows that a database still has to be told about, and the log of what became of such deliveries. */
@NullMarked
package io.citygrid.model.outbox;

import org.jspecify.annotations.NullMarked;
