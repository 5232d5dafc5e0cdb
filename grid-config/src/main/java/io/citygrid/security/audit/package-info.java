/** What was done, tried and refused, by whom: lines of JSON in files that are only ever added to. */
@NullMarked
package io.citygrid.security.audit;

import org.jspecify.annotations.NullMarked;
