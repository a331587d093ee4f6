/* The least that a server of streams can do: one epoll loop that writes the same bytes to every open socket.
 * No rooms, no numbers, no database. GET opens a stream; POST sends one event to all streams and answers.
 *
 *   sse SECONDS CONNECTIONS     prints its port; ends by itself after so many seconds, refuses more connections
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
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

static const char HELLO[] =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    "2b\r\nevent: hello\ndata: {\"seq\":0,\"now\":0}      \n\n\r\n";
/* As long as a frame of ours: about 70 bytes of event in one chunk. */
static const char EVENT[] =
    "4b\r\nid: 1\ndata: {\"kind\":\"idea.added\",\"seq\":1,\"at\":1795327009956}              \n\n\r\n";
static const char ANSWER[] = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"seq\": 1}";

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

int main(int count, char **given) {
    if (count != 3) return 2;
    double until = now() + atof(given[1]);
    int most = atoi(given[2]), open_now = 0;
    struct rlimit files = {most + 64, most + 64};
    setrlimit(RLIMIT_NOFILE, &files);
    int door = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof here;
    if (bind(door, (void *)&here, size) || listen(door, 4096)) return 1;
    getsockname(door, (void *)&here, &size);
    printf("http://127.0.0.1:%d\n", ntohs(here.sin_port));
    fflush(stdout);
    int poll = epoll_create1(0);
    struct epoll_event add = {.events = EPOLLIN, .data.fd = door}, ready[512];
    epoll_ctl(poll, EPOLL_CTL_ADD, door, &add);
    int *streams = calloc(most + 64, sizeof *streams), *place = calloc(most + 4096, sizeof *place), listening = 0;
    char read_into[65536];
    while (now() < until) {
        int events = epoll_wait(poll, ready, 512, 500);
        for (int i = 0; i < events; i++) {
            int line = ready[i].data.fd;
            if (line == door) {
                int fresh;
                while ((fresh = accept4(door, 0, 0, SOCK_NONBLOCK)) >= 0) {
                    if (open_now >= most || fresh >= most + 4096) { close(fresh); continue; }
                    open_now++;
                    setsockopt(fresh, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                    struct epoll_event in = {.events = EPOLLIN, .data.fd = fresh};
                    epoll_ctl(poll, EPOLL_CTL_ADD, fresh, &in);
                    place[fresh] = -1;
                }
                continue;
            }
            ssize_t got = read(line, read_into, sizeof read_into);
            if (got <= 0) {
                if (got < 0 && errno == EAGAIN) continue;
                if (place[line] >= 0) {
                    int last = streams[--listening];
                    streams[place[line]] = last;
                    place[last] = place[line];
                }
                close(line);
                open_now--;
            } else if (!memcmp(read_into, "GET", 3)) {
                place[line] = listening;
                streams[listening++] = line;
                if (write(line, HELLO, sizeof HELLO - 1) < 0) continue;
            } else {
                for (int s = 0; s < listening; s++)
                    if (write(streams[s], EVENT, sizeof EVENT - 1) < 0) continue;
                if (write(line, ANSWER, sizeof ANSWER - 1) < 0) continue;
            }
        }
    }
    return 0;
}
