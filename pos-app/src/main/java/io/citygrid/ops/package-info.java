/** What operators do to a running grid that Ignite's control utility does not know. */
@NullMarked
package io.citygrid.ops;

import org.jspecify.annotations.NullMarked;
