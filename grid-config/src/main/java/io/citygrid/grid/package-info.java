/** The caches, the configuration of a node, and its life in the cluster. */
@NullMarked
package io.citygrid.grid;

import org.jspecify.annotations.NullMarked;
