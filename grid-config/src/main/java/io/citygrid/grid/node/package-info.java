/** A node's settings, its start, and how it comes into the cluster. */
@NullMarked
package io.citygrid.grid.node;

import org.jspecify.annotations.NullMarked;
