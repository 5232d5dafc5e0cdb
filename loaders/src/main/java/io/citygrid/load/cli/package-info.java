/** The command line of the loaders. */
@NullMarked
package io.citygrid.load.cli;

import org.jspecify.annotations.NullMarked;
