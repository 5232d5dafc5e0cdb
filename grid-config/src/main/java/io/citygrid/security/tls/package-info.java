/** TLS on every door of the grid from one setting: who is trusted, and what to say when somebody is not. */
@NullMarked
package io.citygrid.security.tls;

import org.jspecify.annotations.NullMarked;
