/**
 * The door of the grid: Ignite's security plugin. Ignite has no public way to be told who may do what, so that this package, alone
 * with a few others that say so, reaches into {@code org.apache.ignite.internal}.
 */
@NullMarked
package io.citygrid.security.plugin;

import org.jspecify.annotations.NullMarked;
