/** How grid transactions reach PostgreSQL: write-through, and the outbox for what has to wait. */
@NullMarked
package io.citygrid.durability;

import org.jspecify.annotations.NullMarked;
