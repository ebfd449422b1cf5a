use strict;
use warnings;
use HTTP::Request::Common qw(POST);
use IO::Socket::INET;
use LWP::UserAgent;

my ($action, @arguments) = @ARGV;
$| = 1;

sub show { print LWP::UserAgent->new->request($_[0])->content, "\n" }

if ($action eq 'json') {
    my ($url, $token, $body) = @arguments;
    show(POST($url, Authorization => $token, Content_Type => 'application/json', Content => $body));
} elsif ($action eq 'upload') {
    my ($url, $path) = @arguments;
    my $file = [$path, 'photo.png', Content_Type => 'image/png'];
    show(POST($url, Content_Type => 'form-data', Content => [file => $file, ttl => '1 month']));
} else {
    my $server = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => 0, Listen => 1) or die "$!";
    print $server->sockport, "\n";
    my $socket = $server->accept;
    my $length = 0;
    while (my $line = <$socket>) {
        last if $line eq "\r\n";
        $length = $1 if $line =~ /^content-length: *(\d+)/i;
    }
    read($socket, my $body, $length);
    print "$body\n";
    print $socket "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
}
