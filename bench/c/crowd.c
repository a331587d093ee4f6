/* Many listeners in one epoll loop, and one voice: opens N streams, then posts ROUNDS times and notes for each stream
 * how long after the post the event was there. One clock, on this machine only.
 *
 *   crowd PORT STREAM_PATH POST_PATH N ROUNDS PATIENCE
 *
 * Prints {"opened": seconds, "failed": n}, waits for a line on standard input, plays the rounds and prints
 * {"room": [ms...], "answered": [ms...], "p50": ms, "p95": ms, "p99": ms, "missed": n}; then waits for another line
 * and goes. With ROUNDS 0 it only opens and stays.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct line { int fd, state, matched_hello, matched_kind; };
enum { CONNECTING, WAITING, OPEN, GONE };

static int poll_fd;
static struct sockaddr_in there;
static char request[4096];

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

/* How often the word ends in these bytes, also when it began in the bytes before; `at` remembers how far it was. */
static int heard(const char *bytes, ssize_t size, const char *word, int *at) {
    int length = (int)strlen(word), found = 0;
    for (ssize_t i = 0; i < size; i++) {
        if (bytes[i] == word[*at]) {
            if (++*at == length) { found++; *at = 0; }
        } else *at = bytes[i] == word[0];
    }
    return found;
}

static int opened_socket(int blocking) {
    int one = 1, fd = socket(AF_INET, SOCK_STREAM | (blocking ? 0 : SOCK_NONBLOCK), 0);
    if (fd < 0) return -1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(fd, (void *)&there, sizeof there) && errno != EINPROGRESS) { close(fd); return -1; }
    return fd;
}

static void start(struct line *one) {
    one->fd = opened_socket(0);
    one->state = one->fd < 0 ? GONE : CONNECTING;
    one->matched_hello = one->matched_kind = 0;
    if (one->fd < 0) return;
    struct epoll_event in = {.events = EPOLLIN | EPOLLOUT, .data.ptr = one};
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, one->fd, &in);
}

/* Handles what came; returns the number of events heard on open lines, and counts lines that opened or failed. */
static int turn(int wait, double posted, float *times, int *open_lines, int *failed) {
    struct epoll_event ready[512];
    static char bytes[65536];
    int events = epoll_wait(poll_fd, ready, 512, wait), got_events = 0;
    double moment = now();
    for (int i = 0; i < events; i++) {
        struct line *one = ready[i].data.ptr;
        if (one->state == CONNECTING && ready[i].events & EPOLLOUT) {
            if (write(one->fd, request, strlen(request)) < 0) { one->state = GONE; ++*failed; close(one->fd); continue; }
            one->state = WAITING;
            struct epoll_event in = {.events = EPOLLIN, .data.ptr = one};
            epoll_ctl(poll_fd, EPOLL_CTL_MOD, one->fd, &in);
        }
        if (!(ready[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))) continue;
        ssize_t size = read(one->fd, bytes, sizeof bytes);
        if (size <= 0) {
            if (size < 0 && errno == EAGAIN) continue;
            if (one->state == OPEN) --*open_lines;
            one->state = GONE;
            ++*failed;
            close(one->fd);
            continue;
        }
        if (one->state == WAITING && heard(bytes, size, "event: hello", &one->matched_hello)) { one->state = OPEN; ++*open_lines; }
        int found = heard(bytes, size, "\"kind\"", &one->matched_kind);
        for (int f = 0; f < found; f++) times[got_events + f] = (float)((moment - posted) * 1000);
        got_events += found;
    }
    return got_events;
}

static int by_size(const void *a, const void *b) {
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static double ask(int *fd, const char *path) {
    char head[2048];
    double began = now();
    if (*fd < 0) *fd = opened_socket(1);
    snprintf(head, sizeof head, "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n", path);
    if (write(*fd, head, strlen(head)) < 0) return -1;
    return began;
}

int main(int count, char **given) {
    if (count != 7) return 2;
    int port = atoi(given[1]), lines = atoi(given[4]), rounds = atoi(given[5]), opened = 0, failed = 0, missed = 0;
    double patience = atof(given[6]);
    if (lines < 1 || lines > 20000 || rounds < 0 || rounds > 200) return 2;
    struct rlimit files = {lines + 64, lines + 64};
    setrlimit(RLIMIT_NOFILE, &files);
    there = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n", given[2]);
    poll_fd = epoll_create1(0);
    struct line *all = calloc(lines, sizeof *all);
    float *scratch = calloc(65536 + lines * 4, sizeof *scratch), *times = calloc((size_t)lines * (rounds + 1), sizeof *times);
    double began = now();
    for (int i = 0; i < lines; i++) {
        start(&all[i]);
        if (i % 128 == 127) turn(0, 0, scratch, &opened, &failed);
    }
    while (opened + failed < lines && now() - began < patience) turn(50, 0, scratch, &opened, &failed);
    printf("{\"opened\": %.3f, \"failed\": %d}\n", now() - began, lines - opened);
    fflush(stdout);
    char word[64];
    /* Until we are told to begin, the lines are kept empty of heartbeats by reading them. */
    struct timeval none = {0, 0};
    for (double limit = now() + 120; now() < limit;) {
        fd_set in;
        FD_ZERO(&in);
        FD_SET(0, &in);
        none.tv_usec = 0;
        if (select(1, &in, 0, 0, &none) > 0) { if (!fgets(word, sizeof word, stdin)) return 0; break; }
        turn(20, 0, scratch, &opened, &failed);
    }
    if (!rounds) return 0;
    int voice = -1;
    size_t heard_in_all = 0;
    printf("{\"room\": [");
    char answered[8192] = "";
    for (int round = 0; round < rounds; round++) {
        int expected = opened, got = 0;
        double posted = ask(&voice, given[3]), last = posted;
        int answer_seen = 0;
        while ((got < expected || !answer_seen) && now() - posted < patience) {
            int fresh = turn(5, posted, scratch, &opened, &failed);
            for (int f = 0; f < fresh && got < expected; f++, got++) {
                times[heard_in_all++] = scratch[f];
                if (scratch[f] / 1000 + posted > last) last = scratch[f] / 1000 + posted;
            }
            char bytes[4096];
            if (!answer_seen && recv(voice, bytes, sizeof bytes, MSG_DONTWAIT) > 0) {
                answer_seen = 1;
                char one[32];
                snprintf(one, sizeof one, "%s%.2f", round ? ", " : "", (now() - posted) * 1000);
                strncat(answered, one, sizeof answered - strlen(answered) - 1);
            }
        }
        missed += expected - got;
        printf("%s%.2f", round ? ", " : "", (last - posted) * 1000);
        for (double rest = now() + 0.05; now() < rest;) turn(5, 0, scratch, &opened, &failed);
    }
    qsort(times, heard_in_all, sizeof *times, by_size);
    double share[] = {0.50, 0.95, 0.99}, value[3] = {0, 0, 0};
    for (int i = 0; i < 3 && heard_in_all; i++) value[i] = times[(size_t)((heard_in_all - 1) * share[i])];
    printf("], \"answered\": [%s], \"p50\": %.2f, \"p95\": %.2f, \"p99\": %.2f, \"missed\": %d}\n", answered, value[0], value[1], value[2], missed);
    fflush(stdout);
    return 0;
}
