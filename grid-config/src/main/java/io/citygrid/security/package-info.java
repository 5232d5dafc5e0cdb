/** Who somebody is and what they may do: users with hashed passwords, their roles, and the policy that gives roles permissions. */
@NullMarked
package io.citygrid.security;

import org.jspecify.annotations.NullMarked;
