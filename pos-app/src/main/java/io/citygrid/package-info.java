/** The runnable program: one jar, several roles. */
@NullMarked
package io.citygrid;

import org.jspecify.annotations.NullMarked;
