require 'net/http'
require 'socket'

action, *arguments = ARGV

def post(url, headers)
  uri = URI(url)
  request = Net::HTTP::Post.new(uri, headers)
  yield request
  puts Net::HTTP.start(uri.host, uri.port) { |http| http.request(request) }.body
end

case action
when 'json'
  url, token, body = arguments
  post(url, 'authorization' => token, 'content-type' => 'application/json') { |request| request.body = body }
when 'upload'
  url, path = arguments
  post(url, {}) do |request|
    file = File.open(path, 'rb')
    parts = [['file', file, { filename: 'photo.png', content_type: 'image/png' }], ['ttl', '1 month']]
    request.set_form(parts, 'multipart/form-data')
  end
else
  server = TCPServer.new('127.0.0.1', 0)
  puts server.addr[1]
  $stdout.flush
  socket = server.accept
  length = 0
  while (line = socket.gets) != "\r\n"
    length = line.split(':')[1].to_i if line.downcase.start_with?('content-length:')
  end
  puts socket.read(length)
  socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
  socket.close
end
