/** What a node has spent since it started: processor time, memory, messages. */
@NullMarked
package io.citygrid.grid.cost;

import org.jspecify.annotations.NullMarked;
