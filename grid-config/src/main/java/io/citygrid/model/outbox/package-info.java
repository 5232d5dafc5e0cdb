/** Rows that a database still has to be told about. */
@NullMarked
package io.citygrid.model.outbox;

import org.jspecify.annotations.NullMarked;
