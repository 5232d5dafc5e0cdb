/** SQL by hand: the shell, and what a plan means in words. */
@NullMarked
package io.citygrid.report.sql;

import org.jspecify.annotations.NullMarked;
