package io.citygrid.web.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/**
 * Which address needs which right, and the two ways to log in: HTTP Basic for programs, without a session, and the login page
 * for people, with a session and therefore a token against requests that other sites' pages make on somebody's behalf.
 *
 * <p>Without a users file everybody has all rights, by the same rules.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class WebSecurity {
    private static final String BASIC = "basic ";
    private static final String[] OPEN = {"/login", "/login/refused", "/css/**", "/js/**", "/webjars/**", "/icon.svg"};

    private final KnownUsers users;
    private final Logins logins;
    private final Refusals refusals;

    WebSecurity(KnownUsers users, Logins logins, Refusals refusals) {
        this.users = users;
        this.logins = logins;
        this.refusals = refusals;
    }

    /** For programs: whatever comes with HTTP Basic, and what only programs ask for. */
    @Bean
    @Order(1)
    SecurityFilterChain programs(HttpSecurity http) {
        common(http)
                .securityMatcher(WebSecurity::isForPrograms)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable);
        if (users.isOpen()) {
            http.httpBasic(AbstractHttpConfigurer::disable);
        } else {
            http.httpBasic(basic -> basic.authenticationEntryPoint(refusals))
                    .addFilterBefore(new OtherSites(refusals), BasicAuthenticationFilter.class);
        }
        return http.build();
    }

    private static boolean isForPrograms(HttpServletRequest request) {
        String credentials = request.getHeader(HttpHeaders.AUTHORIZATION);
        return request.getRequestURI().startsWith("/actuator/")
                || (credentials != null && credentials.toLowerCase(Locale.ROOT).startsWith(BASIC));
    }

    /** For people: everything else. */
    @Bean
    @Order(2)
    SecurityFilterChain people(HttpSecurity http) {
        common(http).httpBasic(AbstractHttpConfigurer::disable);
        if (users.isOpen()) {
            http.csrf(AbstractHttpConfigurer::disable)
                    .formLogin(AbstractHttpConfigurer::disable)
                    .logout(AbstractHttpConfigurer::disable)
                    .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
            return http.build();
        }
        http.csrf(csrf -> csrf.csrfTokenRepository(tokens()))
                .sessionManagement(session -> session.sessionFixation(fixation -> fixation.newSession()))
                .addFilterAfter(new StillKnown(users), SecurityContextHolderFilter.class)
                .formLogin(form -> form.loginPage("/login")
                        .usernameParameter("name")
                        .successHandler(new AfterLogin(users))
                        .failureHandler(
                                (request, response, failure) -> LoginPage.showRefusal(request, response, failure)))
                .logout(logout -> logout.logoutSuccessUrl("/login?out").addLogoutHandler(refusals.logouts()));
        return http.build();
    }

    private HttpSecurity common(HttpSecurity http) {
        http.authenticationManager(logins)
                .authorizeHttpRequests(this::rights)
                .requestCache(AbstractHttpConfigurer::disable)
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .headers(headers -> headers.defaultsDisabled().cacheControl(Customizer.withDefaults()));
        if (users.isOpen()) {
            http.anonymous(anybody -> anybody.authorities(Right.all()));
        }
        return http;
    }

    /** In a cookie, so that visitors who do not log in cost no session. */
    private static CookieCsrfTokenRepository tokens() {
        CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName("citygrid-csrf");
        tokens.setCookieCustomizer(
                cookie -> cookie.httpOnly(true).sameSite("Lax").path("/"));
        return tokens;
    }

    private void rights(AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry to) {
        to.dispatcherTypeMatchers(DispatcherType.FORWARD, DispatcherType.ERROR).permitAll();
        to.requestMatchers(OPEN).permitAll();
        to.requestMatchers("/actuator/health", "/actuator/health/*").permitAll();
        to.requestMatchers("/actuator/prometheus").hasRole(Right.METRICS.name());
        if (users.isOpen()) {
            to.requestMatchers("/api/session").permitAll();
        } else {
            to.requestMatchers("/api/session").authenticated();
        }
        to.requestMatchers("/api/orders", "/api/orders/*").hasRole(Right.SELL.name());
        to.requestMatchers("/api/cities").hasRole(Right.CITIES.name());
        to.requestMatchers("/api/stores", "/api/products", "/api/customers").hasRole(Right.SELL.name());
        to.requestMatchers(HttpMethod.POST, "/api/stores/*/inventory").hasRole(Right.MOVE_STOCK.name());
        to.requestMatchers("/api/stores/*/inventory").hasRole(Right.SELL.name());
        to.requestMatchers("/api/reports/**").hasRole(Right.REPORT.name());
        to.requestMatchers("/api/grid", "/api/backups", "/api/replication", "/api/replication/retry")
                .hasRole(Right.OPERATE.name());
        to.requestMatchers("/api/audit").hasRole(Right.AUDIT.name());
        Stream.of(Page.values()).forEach(page -> to.requestMatchers(page.path())
                .hasRole(page.right().name()));
        to.requestMatchers("/orders/*").hasRole(Right.SELL.name());
        to.anyRequest().hasRole(Right.ANYTHING_ELSE.name());
    }

    /** Addresses that try to be read in two ways never reach a page. */
    @Bean
    RequestRejectedHandler oddAddresses() {
        return (request, response, rejected) -> refusals.oddAddress(request, response);
    }
}
